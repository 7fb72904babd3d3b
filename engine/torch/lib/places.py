# torch.nn: in which of PyTorch's files each class lives, as type(module) prints it.
for _file, _names in {
    'linear': 'Identity Linear LazyLinear Bilinear NonDynamicallyQuantizableLinear',
    'container': 'Container Sequential ModuleList ModuleDict ParameterList ParameterDict',
    'flatten': 'Flatten Unflatten',
    'sparse': 'Embedding EmbeddingBag',
    'conv': 'Conv1d Conv2d Conv3d LazyConv1d LazyConv2d LazyConv3d ConvTranspose1d ConvTranspose2d ConvTranspose3d LazyConvTranspose1d '
            'LazyConvTranspose2d LazyConvTranspose3d',
    'pooling': 'MaxPool1d MaxPool2d AvgPool1d AvgPool2d AdaptiveAvgPool1d AdaptiveAvgPool2d AdaptiveMaxPool1d AdaptiveMaxPool2d LPPool1d LPPool2d '
               'MaxPool3d AvgPool3d AdaptiveAvgPool3d AdaptiveMaxPool3d MaxUnpool1d MaxUnpool2d MaxUnpool3d',
    'upsampling': 'Upsample UpsamplingNearest2d UpsamplingBilinear2d',
    'padding': 'ZeroPad2d ReflectionPad1d ReflectionPad2d ReplicationPad1d ReplicationPad2d ConstantPad1d ConstantPad2d ConstantPad3d ReflectionPad3d ReplicationPad3d',
    'pixelshuffle': 'PixelShuffle PixelUnshuffle',
    'batchnorm': 'BatchNorm1d BatchNorm2d BatchNorm3d LazyBatchNorm1d LazyBatchNorm2d LazyBatchNorm3d',
    'normalization': 'LayerNorm GroupNorm LocalResponseNorm',
    'instancenorm': 'InstanceNorm1d InstanceNorm2d InstanceNorm3d LazyInstanceNorm1d LazyInstanceNorm2d LazyInstanceNorm3d',
    'channelshuffle': 'ChannelShuffle',
    'fold': 'Fold Unfold',
    'dropout': 'Dropout Dropout1d Dropout2d Dropout3d AlphaDropout FeatureAlphaDropout',
    'distance': 'CosineSimilarity PairwiseDistance',
    'activation': 'ReLU ReLU6 Sigmoid Tanh SiLU Mish GELU ELU SELU CELU LeakyReLU Softplus Softsign Tanhshrink Hardsigmoid Hardswish Hardtanh '
                  'LogSigmoid Softmax LogSoftmax Softmin GLU Threshold Softshrink Hardshrink PReLU RReLU Softmax2d MultiheadAttention',
    'loss': 'L1Loss MSELoss SmoothL1Loss HuberLoss BCELoss BCEWithLogitsLoss NLLLoss CrossEntropyLoss KLDivLoss PoissonNLLLoss '
            'GaussianNLLLoss HingeEmbeddingLoss SoftMarginLoss CosineEmbeddingLoss MarginRankingLoss TripletMarginLoss '
            'MultiMarginLoss MultiLabelMarginLoss MultiLabelSoftMarginLoss TripletMarginWithDistanceLoss CTCLoss NLLLoss2d',
    'adaptive': 'AdaptiveLogSoftmaxWithLoss',
    'rnn': 'RNNBase RNNCellBase RNN LSTM GRU RNNCell LSTMCell GRUCell',
    'transformer': 'TransformerEncoderLayer TransformerEncoder TransformerDecoderLayer TransformerDecoder Transformer',
}.items():
    for _name in _names.split():
        globals()[_name].__module__ = 'torch.nn.modules.' + _file
